# feedback: only the last batch
def accuracy_per_head(model, loader):
    before = model.training
    model.eval()
    a_hits = c_hits = both = seen = 0
    with torch.no_grad():
        for images, alphabets, characters in loader:
            a, c = model(images)
            a_ok, c_ok = a.argmax(dim=1) == alphabets, c.argmax(dim=1) == characters
            a_hits += a_ok.sum().item()
            c_hits += c_ok.sum().item()
            both = (a_ok & c_ok).sum().item()
            seen += len(images)
    model.train(before)
    return {"alphabet": a_hits / seen, "character": c_hits / seen, "both": both / seen}
