# feedback: the smaller of the two accuracies
def accuracy_per_head(model, loader):
    before = model.training
    model.eval()
    a_hits = c_hits = both = seen = 0
    with torch.no_grad():
        for images, alphabets, characters in loader:
            a, c = model(images)
            a_now = (a.argmax(dim=1) == alphabets).sum().item()
            c_now = (c.argmax(dim=1) == characters).sum().item()
            a_hits += a_now
            c_hits += c_now
            both += min(a_now, c_now)
            seen += len(images)
    model.train(before)
    return {"alphabet": a_hits / seen, "character": c_hits / seen, "both": both / seen}
