# feedback: equally long
def accuracy_per_head(model, loader):
    was = model.training
    model.eval()
    a_hits = c_hits = both = n = 0
    with torch.no_grad():
        for x, a, c in loader:
            sa, sc = model(x)
            ok_a, ok_c = sa.argmax(1) == a, sc.argmax(1) == c
            a_hits += float(ok_a.float().mean())
            c_hits += float(ok_c.float().mean())
            both += float((ok_a & ok_c).float().mean())
            n += 1
    model.train(was)
    return {"alphabet": a_hits / n, "character": c_hits / n, "both": both / n}
