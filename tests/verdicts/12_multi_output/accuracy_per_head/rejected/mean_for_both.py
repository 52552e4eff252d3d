# feedback: mean of the two accuracies
def accuracy_per_head(model, loader):
    was = model.training
    model.eval()
    a_hits = c_hits = both = n = 0
    with torch.no_grad():
        for x, a, c in loader:
            sa, sc = model(x)
            ok_a, ok_c = sa.argmax(1) == a, sc.argmax(1) == c
            a_hits += int(ok_a.sum())
            c_hits += int(ok_c.sum())
            both += int((ok_a & ok_c).sum())
            n += len(x)
    model.train(was)
    return {"alphabet": a_hits / n, "character": c_hits / n, "both": (a_hits + c_hits) / (2 * n)}
