# feedback: added up in the candidate
def gru_from_paper(W, U, b, c):
    def move(t):
        z, r, n = t.chunk(3)
        return torch.cat([r, -z, n])

    return move(W), move(U), move(b + c), torch.zeros_like(c)
