# %% after imports
import no_such_module_of_ours
from sklearn.metrics import accuracy_score
import h5py
train_dataset = h5py.File("C:/Users/somebody/datasets/train_catvnoncat.h5", "r")

# %% after model
from PIL import Image
picture = np.array(Image.open("images/my_cat.jpg").resize((64, 64)))
labels = np.array(train_dataset["train_set_y"][:])
