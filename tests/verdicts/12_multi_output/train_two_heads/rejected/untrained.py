# feedback: is too low | the loss of each head
# calibration
def train_two_heads(images, alphabets, characters):
    return TwoHeadNet(4, 20, 20).to(images.device)
