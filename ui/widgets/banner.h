#pragma once
// What failed, why, what to do, where the work is (ux.md 8): soft fill, icon, bold statement, plain sentence, one button, dismiss.
// Details hold code and field for a report. Ui thread.

#include "models/table/shown_error.h"
#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

#include <QWidget>

class QPushButton;

namespace fb {

class TextLabel;

class Banner : public QWidget
{
    Q_OBJECT
public:
    explicit Banner(QWidget *parent = nullptr);

    void showMessage(Tone tone, Icon icon, const QString &statement, const QString &sentence);
    void showProblem(const ShownError &problem, const QString &statement);
    void setAction(const QString &text); // empty: none
    QString statement() const;

signals:
    void actionClicked();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Accent;
    Icon m_icon = Icon::Notice;
    TextLabel *m_statement;
    TextLabel *m_sentence;
    QPushButton *m_action;
};

}
