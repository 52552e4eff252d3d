# feedback: the number of batches times the size
def accuracy_per_head(model, loader):
    before = model.training
    model.eval()
    hits, size, batches = [0, 0, 0], None, 0
    with torch.no_grad():
        for images, alphabets, characters in loader:
            a, c = model(images)
            a_ok, c_ok = a.argmax(dim=1) == alphabets, c.argmax(dim=1) == characters
            for k, ok in enumerate((a_ok, c_ok, a_ok & c_ok)):
                hits[k] += ok.sum().item()
            size = size or len(images)
            batches += 1
    model.train(before)
    return {name: hit / (size * batches) for name, hit in zip(("alphabet", "character", "both"), hits)}
