#include "models/table/list_view_model.h"
