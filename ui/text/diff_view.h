#pragma once
// One text against another, line by line (look.md 6): the numbers of both texts, + - and ~ beside them, added, removed and changed lines on their
// fills. Next and previous change by F7 and Shift+F7. Plain text. Ui thread.

#include "models/text/line_diff.h"
#include "ui/text/numbered_text.h"

namespace fb {

class DiffView : public NumberedText
{
    Q_OBJECT
public:
    explicit DiffView(const QString &objectName, QWidget *parent = nullptr);

    void setDiff(const QList<DiffLine> &lines); // their text with control characters made visible
    const QList<DiffLine> &lines() const { return m_lines; }
    void goToChange(int step); // 1: the next, -1: the one before; goes round

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintLines();

    QList<DiffLine> m_lines;
};

}
