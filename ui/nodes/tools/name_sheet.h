#pragma once
// A name for a file or folder that is made or renamed: one component, as bytes of the node. Ui thread.

#include "ui/widgets/sheet.h"

class QLineEdit;

namespace fb {

class FormField;

class NameSheet : public Sheet
{
    Q_OBJECT
public:
    // `name`: to begin with; neutral text of FilePath's.
    NameSheet(const QString &title, const QString &name, const QString &verb, QWidget *window);

signals:
    void chosen(const QByteArray &name);

private:
    void submit();

    QLineEdit *m_name;
    FormField *m_field;
};

}
