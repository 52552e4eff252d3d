# feedback: equally many characters
def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    a, c = alphabet_guesses == alphabets, character_guesses == characters
    each = max(len(alphabet_of) // (int(alphabet_of.max()) + 1), 1)
    return {
        "both right": (a & c).sum().item(),
        "alphabet only": (a & ~c).sum().item(),
        "character only": (~a & c).sum().item(),
        "both wrong": (~a & ~c).sum().item(),
        "contradictions": (character_guesses // each != alphabet_guesses).sum().item(),
    }
