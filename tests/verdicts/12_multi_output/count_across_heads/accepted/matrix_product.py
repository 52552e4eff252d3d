def count_across_heads(alphabet_guesses, character_guesses, alphabets, characters, alphabet_of):
    def columns(guesses, truth):
        right = guesses == truth
        return torch.stack([right, ~right], dim=1).to(torch.float64)

    table = columns(alphabet_guesses, alphabets).T @ columns(character_guesses, characters)
    (rr, rw), (wr, ww) = table.round().int().tolist()
    clash = torch.take(alphabet_of, character_guesses).ne(alphabet_guesses)
    return {"contradictions": int(clash.sum()), "both wrong": ww, "character only": wr, "alphabet only": rw, "both right": rr}
