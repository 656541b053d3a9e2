#pragma once
// "Try the demo fleet" before there is any store: what it is, and the button (ux.md 13). Ui thread.

#include "ui/welcome/store_screen.h"

namespace fb {

class DemoScreen : public StoreScreen
{
    Q_OBJECT
public:
    DemoScreen();
    StoreChoice choice() const override;
};

}
