#pragma once
// The form of a document's parameters, made from the document (ux.md 6): each parameter's type, default, allowed values and description
// choose its field. Ui thread.

#include "models/nodes/runcommand/document_form.h"
#include "models/nodes/runcommand/run.h"

#include <QWidget>

class QVBoxLayout;

namespace fb {

class FormField;

class ParameterForm : public QWidget
{
    Q_OBJECT
public:
    explicit ParameterForm(QWidget *parent = nullptr);

    void setDocument(const DocumentForm &document);
    void setValues(const RunParameters &values); // those not named: their defaults
    RunParameters values() const; // without those that are at their default
    // Shows what is wrong under the fields; answers the first wrong field, or nullptr.
    QWidget *validate();
    // Puts an engine's error on the field it names ("Parameters.commands[0]"); false: no such field.
    bool showError(const QString &path, const QString &message);

signals:
    void edited();

private:
    struct Field {
        DocumentParameter parameter;
        FormField *form;
        QWidget *editor;
    };
    void fieldLeft(const QWidget *left, const QWidget *now);
    QWidget *makeEditor(const DocumentParameter &parameter);
    static QStringList valueOf(const Field &field);
    static void setValue(const Field &field, const QStringList &value);

    QVBoxLayout *m_column;
    QList<Field> m_fields;
};

}
