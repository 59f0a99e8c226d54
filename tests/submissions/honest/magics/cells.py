# %% after imports
%load_ext autoreload
%autoreload 2
!pip install numpy
files = !ls
np.dot?
%time x = np.zeros(3)

# %% after linear_forward
%%time
squares = [i * i for i in range(10)]

# %% after compute_cost
%%bash
echo nothing of this is Python

# %% after update_parameters
%reset -f
