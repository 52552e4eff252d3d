def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    code = 2 * (alphabet_guesses == alphabets).long() + (character_guesses == characters).long()
    wrong, character, alphabet, right = torch.bincount(code, minlength=4)
    implied = alphabet_of.index_select(0, character_guesses)
    return {
        "both right": right,
        "alphabet only": alphabet,
        "character only": character,
        "both wrong": wrong,
        "contradictions": torch.count_nonzero(implied - alphabet_guesses),
    }
