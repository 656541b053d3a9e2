#pragma once
// One field of a form (ux.md 6): label above, field, help or error under it. The label is the field's buddy and its accessible name,
// the error its description. Ui thread.

#include <QWidget>

namespace fb {

class TextLabel;

class FormField : public QWidget
{
    Q_OBJECT
public:
    // Takes `field` in. `stretch`: the field is as wide as the form; else as its own hint says.
    FormField(const QString &label, QWidget *field, const QString &help = {}, bool stretch = false,
              QWidget *parent = nullptr);

    QWidget *field() const { return m_field; }
    void setError(const QString &error); // empty: none
    QString error() const { return m_error; }

private:
    QWidget *m_field;
    TextLabel *m_note;
    QString m_help;
    QString m_error;
};

}
