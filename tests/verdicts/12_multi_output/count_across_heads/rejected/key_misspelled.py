# feedback: is missing
def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    a = alphabet_guesses == alphabets
    c = character_guesses == characters
    clash = alphabet_of[character_guesses] != alphabet_guesses
    return {
        "both right": int((a & c).sum()),
        "alphabet only": int((a & ~c).sum()),
        "character only": int((~a & c).sum()),
        "both wrong": int((~a & ~c).sum()),
        "contradiction": int(clash.sum()),
    }
