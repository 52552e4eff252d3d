# feedback: in the other order
def train_two_heads(images, alphabets, characters):
    return TwoHeadNet(20, 4, 20)
