# %% after imports
picture = np.arange(18).reshape(3, 3, 2)

# %% image2vector
def image2vector(image):
    return picture.reshape(picture.size, 1)
