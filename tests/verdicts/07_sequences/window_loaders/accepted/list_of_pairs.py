def window_loaders(train, test, batch_size):
    loaders = {}
    for name, (inputs, targets) in {"train": train, "test": test}.items():
        x, y = torch.tensor(inputs).to(torch.float32), torch.as_tensor(targets).to(torch.float32)
        loaders[name] = DataLoader(list(zip(x, y)), batch_size, shuffle=name == "train")
    return loaders["train"], loaders["test"]
