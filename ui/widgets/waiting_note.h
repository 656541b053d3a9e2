#pragma once
// In the place of a list that is still being read: nothing for a tenth of a second, then a quiet word (ux.md 7, 8). Ui thread.

#include <QTimer>
#include <QWidget>

namespace fb {

class TextLabel;

class WaitingNote : public QWidget
{
    Q_OBJECT
public:
    explicit WaitingNote(const QString &text, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    TextLabel *m_text;
    QTimer m_late;
};

}
