def accuracy_per_head(model, loader):
    training = model.training
    model.train(False)
    wrong_a = wrong_c = any_wrong = total = 0
    for images, alphabets, characters in loader:
        with torch.no_grad():
            outputs = model(images)
        bad_a = outputs[0].argsort(dim=1, descending=True)[:, 0] != alphabets
        bad_c = outputs[1].argsort(dim=1, descending=True)[:, 0] != characters
        wrong_a += int(bad_a.count_nonzero())
        wrong_c += int(bad_c.count_nonzero())
        any_wrong += int((bad_a | bad_c).count_nonzero())
        total += alphabets.numel()
    model.train(training)
    share = lambda wrong: 1 - wrong / total
    return dict(alphabet=share(wrong_a), character=share(wrong_c), both=share(any_wrong))
