# feedback: one image only
def conv2d_by_hand(x, weight, bias, stride=1, padding=0):
    maps = []
    for o in range(len(weight)):
        maps.append(sum(cross_correlate(x[0, c], weight[o, c]) for c in range(x.shape[1])) + bias[o])
    return torch.stack(maps)[None]
