# feedback: `return` is missing
def to_display(images):
    for image in images:
        plt.imshow(image.permute(1, 2, 0)) if image.ndim == 3 and len(image) == 3 else None
