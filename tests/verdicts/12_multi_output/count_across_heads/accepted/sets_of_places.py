def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    everything = set(range(len(alphabets)))
    a = {i for i in everything if int(alphabet_guesses[i]) == int(alphabets[i])}
    c = {i for i in everything if int(character_guesses[i]) == int(characters[i])}
    agree = {i for i in everything if int(alphabet_of[int(character_guesses[i])]) == int(alphabet_guesses[i])}
    return {
        "both right": len(a & c),
        "alphabet only": len(a - c),
        "character only": len(c - a),
        "both wrong": len(everything - (a | c)),
        "contradictions": len(everything - agree),
    }
