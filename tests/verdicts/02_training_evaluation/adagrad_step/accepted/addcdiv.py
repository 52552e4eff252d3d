def adagrad_step(parameter, gradient, total, lr=0.01, eps=1e-10):
    new_total = torch.addcmul(total, gradient, gradient)
    return torch.addcdiv(parameter, gradient, new_total.sqrt().add(eps), value=-lr), new_total
