#pragma once
// One icon, one meaning (look.md 5). The list is icon_list.inc. Ui thread.

namespace fb {

enum class Icon {
#define FB_ICON(name, file) name,
#include "ui/theme/icon_list.inc"
#undef FB_ICON
    None
};

}
