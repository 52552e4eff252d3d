def rmsprop_step(parameter, gradient, average, lr=0.01, alpha=0.99, eps=1e-8):
    average = torch.lerp(gradient.square(), average, alpha)
    return parameter.sub(gradient.div(average.sqrt().add(eps)), alpha=lr), average
