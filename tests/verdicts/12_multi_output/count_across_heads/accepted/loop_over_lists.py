def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    counts = dict.fromkeys(("contradictions", "both wrong", "character only", "alphabet only", "both right"), 0)
    lookup = alphabet_of.tolist()
    rows = zip(*(t.tolist() for t in (alphabet_guesses, character_guesses, alphabets, characters)))
    for said_a, said_c, a, c in rows:
        if said_a == a:
            counts["both right" if said_c == c else "alphabet only"] += 1
        else:
            counts["character only" if said_c == c else "both wrong"] += 1
        if lookup[said_c] != said_a:
            counts["contradictions"] += 1
    return counts
