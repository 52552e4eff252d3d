# feedback: whatever it means
def to_display(images):
    return [images.squeeze().permute(1, 2, 0)]
