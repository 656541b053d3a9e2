#pragma once
// Sets a mark in the recording of a session that runs, under a name to find it by. Ui thread.

#include "models/nodes/sessions/sessions_source.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPushButton;

namespace fb {

class FormField;

class MarkSheet : public Sheet
{
    Q_OBJECT
public:
    static constexpr int kLongest = 256; // characters

    MarkSheet(SessionsSource &sessions, const QString &id, const QString &nodeName, QWidget *window);

signals:
    void marked(const QString &label);

private:
    void submit();

    SessionsSource &m_sessions;
    QString m_id;
    QLineEdit *m_label;
    FormField *m_field;
    QPushButton *m_set;
};

}
