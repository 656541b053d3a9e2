#pragma once
// What failed, why, what to do, where the work is (ux.md 8): soft fill, icon, bold statement, plain sentence, one button, dismiss. Details of a
// problem hold code, field and time, and are copied for a report. A problem that comes while another stands goes before it; "and 2 more" tells
// of those, which come back when it is dismissed. Ui thread.

#include "models/table/shown_error.h"
#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

#include <QWidget>

class QPushButton;
class QToolButton;

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
    struct Shown {
        Tone tone = Tone::Accent;
        Icon icon = Icon::Notice;
        QString statement;
        QString sentence;
        QString details; // of a problem
        QString action;
        bool operator==(const Shown &) const = default;
    };
    void put(const Shown &shown);
    void fill(const Shown &shown);
    void showDetails(bool shown);

    Shown m_now;
    QList<Shown> m_earlier; // problems
    TextLabel *m_statement;
    TextLabel *m_sentence;
    QPushButton *m_action;
    TextLabel *m_more;
    QToolButton *m_detailsButton;
    QWidget *m_details;
    TextLabel *m_detailsText;
};

}
