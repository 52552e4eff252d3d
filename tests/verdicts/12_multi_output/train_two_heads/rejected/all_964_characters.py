# feedback: another number of outputs
def train_two_heads(images, alphabets, characters):
    return TwoHeadNet(30, 964, 20)
