# feedback: a transposed product was put into it
def merge_linear(first, second):
    new = nn.Linear(first.in_features, second.out_features)
    new.weight.data = first.weight.T @ second.weight.T
    new.bias.data = second.weight @ first.bias + second.bias
    return new
