def weight_decay_step(parameters, lr, weight_decay):
    torch.optim.SGD(list(parameters), lr=lr, weight_decay=weight_decay).step()
