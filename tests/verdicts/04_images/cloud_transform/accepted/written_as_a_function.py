import random


def make_transform(size, mean, std, training=False):
    m = np.array(mean, dtype=np.float32)
    s = np.array(std, dtype=np.float32)

    def run(picture):
        if training:
            if random.random() < 0.5:
                picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            picture = picture.rotate(random.uniform(-15, 15), Image.Resampling.BICUBIC)
        small = picture.resize((size, size), Image.Resampling.BICUBIC)
        array = (np.asarray(small, dtype=np.float32) / 255 - m) / s
        return torch.from_numpy(array).permute(2, 0, 1)

    return run
