# feedback: drawings for which both heads are wrong are counted
def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    a, c = alphabet_guesses == alphabets, character_guesses == characters
    return {
        "both right": int((a & c).sum()),
        "alphabet only": int((a & ~c).sum()),
        "character only": int((~a & c).sum()),
        "both wrong": int((~a & ~c).sum()),
        "contradictions": int(((alphabet_guesses != alphabets) & (character_guesses != characters)).sum()),
    }
