def softmax_floor(num_classes):
    return F.cross_entropy(torch.eye(num_classes), torch.arange(num_classes))
