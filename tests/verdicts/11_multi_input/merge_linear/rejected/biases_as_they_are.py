# feedback: two biases as they are
def merge_linear(first, second):
    new = nn.Linear(first.in_features, second.out_features)
    new.weight.data = second.weight @ first.weight
    new.bias.data = first.bias + second.bias
    return new
