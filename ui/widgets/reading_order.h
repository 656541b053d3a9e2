#pragma once
// Where Tab goes: as one reads, line by line in the order of the layouts, whenever a field was made. Qt's own order is the order of making,
// which rows that come later and forms that are filled anew put wrong. Windows and sheets ask for it in their focusNextPrevChild(). Ui thread.

class QWidget;

namespace fb {

// Gives the focus to the next control inside `root`, round from the last to the first, and scrolls to it. False: there is no other.
bool focusInReadingOrder(QWidget *root, bool next);

}
