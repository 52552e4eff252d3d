# feedback: compared with the labels of the other
def accuracy_per_head(model, loader):
    was = model.training
    model.eval()
    a = c = both = n = 0
    with torch.no_grad():
        for images, alphabets, characters in loader:
            outputs = model(images)
            one = outputs[0].argmax(1) == alphabets
            two = outputs[1].argmax(1) == alphabets
            a, c, both, n = a + one.sum().item(), c + two.sum().item(), both + (one & two).sum().item(), n + len(images)
    model.train(was)
    return {"alphabet": a / n, "character": c / n, "both": both / n}
