#pragma once
// What of a journal is wanted: a pattern, unit, program, priority, boot and time, in two lines. Told when Enter is pressed or something is
// chosen; what cannot be meant is marked and changes nothing. Ui thread.

#include "models/nodes/tools/journal_row.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace fb {

class TextLabel;

class JournalFilterRow : public QWidget
{
    Q_OBJECT
public:
    explicit JournalFilterRow(QWidget *parent = nullptr);

    void setChoices(const QStringList &units, const QStringList &identifiers,
                    const QList<JournalBoot> &boots);
    void setNow(Instant now) { m_now = now; } // of "last 3 h"
    void addTool(QWidget *button); // at the right of the first line
    void focusText();
    void clear(); // and tells
    bool isEmpty() const;
    void setFilter(const JournalFilter &filter, const QString &time); // without telling
    QString timeText() const; // as typed
    void tellFilter() { apply(); }

signals:
    void filterChanged(const fb::JournalFilter &filter);

private:
    QComboBox *makeNames(const QString &objectName, const QString &all, const QString &name);
    void apply();
    QString typed() const; // all of it, to know whether something is new
    static QStringList namesIn(const QComboBox &box);

    QLineEdit *m_text;
    QToolButton *m_case;
    QComboBox *m_unit;
    QComboBox *m_identifier;
    QComboBox *m_priority;
    QComboBox *m_boot;
    QComboBox *m_time;
    QPushButton *m_clear;
    TextLabel *m_problem;
    QWidget *m_tools;
    Instant m_now {};
    QString m_applied; // typed() of the last time
};

}
