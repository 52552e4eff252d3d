def hidden_gradients(cell, x):
    states, h = [], None
    with torch.no_grad():
        for step in x.unbind(1):
            h = cell(step) if h is None else cell(step, h)
            states.append(h)
        gradient = torch.ones_like(h)
        norms = [gradient.norm().item()]
        for h in states[:0:-1]:
            gradient = ((1 - h**2) * gradient) @ cell.weight_hh
            norms.append(gradient.norm().item())
    return np.array(norms)
