#pragma once
// A step put together in a form: plugin, name, a field for each input, what happens when it fails (spec/documents.md 5). Ui thread.

#include "models/shared/documents/document_row.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace fb {

class FormField;

class StepSheet : public Sheet
{
    Q_OBJECT
public:
    StepSheet(const QList<StepPlugin> &plugins, QWidget *window);

signals:
    void made(const fb::NewStep &step);

private:
    void showInputs();
    void submit();
    QWidget *makeField(const StepInput &input);
    QString typedIn(const QString &input) const;

    QList<StepPlugin> m_plugins;
    QComboBox *m_action;
    QLineEdit *m_name;
    FormField *m_nameField;
    QComboBox *m_onFailure;
    QWidget *m_inputs;
    QVBoxLayout *m_rows;
    QMap<QString, QWidget *> m_fields;
    QMap<QString, FormField *> m_forms;
};

}
