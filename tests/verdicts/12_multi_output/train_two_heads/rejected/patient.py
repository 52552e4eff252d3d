# feedback: gives probabilities | softmax
def train_two_heads(images, alphabets, characters):
    return broken_training(images, alphabets, characters)[0]
