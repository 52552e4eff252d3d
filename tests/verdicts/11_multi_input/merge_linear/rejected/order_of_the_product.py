# feedback: do not fit in this order
def merge_linear(first, second):
    new = nn.Linear(first.in_features, second.out_features)
    new.weight.data = first.weight @ second.weight
    new.bias.data = second.weight @ first.bias + second.bias
    return new
