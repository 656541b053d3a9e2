#include "ui/nodes/runcommand/parameter_form.h"

#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace fb {

using Type = DocumentParameter::Type;

namespace {

    // A field of several lines, its text clear of the outline's round corners.
    class TextField final : public QPlainTextEdit
    {
    public:
        TextField() { setViewportMargins(3, 3, 3, 3); }
    };
}

ParameterForm::ParameterForm(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(themeOf(this).metrics().step(4));
}

QWidget *ParameterForm::makeEditor(const DocumentParameter &parameter)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    if (!parameter.allowedValues.isEmpty() || parameter.type == Type::Boolean) {
        auto *box = new QComboBox;
        box->addItems(parameter.allowedValues.isEmpty()
                          ? QStringList {QStringLiteral("true"), QStringLiteral("false")}
                          : parameter.allowedValues);
        connect(box, &QComboBox::currentTextChanged, this, &ParameterForm::edited);
        return box;
    }
    if (parameter.multiLine || parameter.type == Type::List || parameter.type == Type::Map) {
        auto *text = new TextField;
        text->setProperty("fbField", true);
        text->setFrameShape(QFrame::StyledPanel);
        text->setFont(theme.font(TextRole::Code));
        text->setTabChangesFocus(true);
        text->setLineWrapMode(QPlainTextEdit::NoWrap);
        text->document()->setDocumentMargin(m.step(1.5));
        text->setFixedHeight(m.lines(parameter.multiLine ? 5 : 3));
        connect(text, &QPlainTextEdit::textChanged, this, &ParameterForm::edited);
        return text;
    }
    auto *line = new QLineEdit;
    bool numeric = parameter.type == Type::Integer;
    if (!numeric)
        static_cast<void>(parameter.defaultValue.value(0).toLongLong(&numeric)); // AWS writes numbers as text
    line->setFixedWidth(numeric || (parameter.maxChars > 0 && parameter.maxChars < 10) ? m.lines(6)
                                                                                       : m.lines(22));
    connect(line, &QLineEdit::textChanged, this, &ParameterForm::edited);
    return line;
}

void ParameterForm::setDocument(const DocumentForm &document)
{
    for (const Field &field : std::as_const(m_fields))
        delete field.form;
    m_fields.clear();
    for (const DocumentParameter &parameter : document.parameters) {
        QWidget *editor = makeEditor(parameter);
        editor->setObjectName(QStringLiteral("parameter-") + parameter.name);
        editor->setAccessibleName(parameter.name);
        const bool wide = qobject_cast<QPlainTextEdit *>(editor) != nullptr;
        auto *form
            = new FormField(parameter.hasDefault ? tr("%1 (optional)").arg(parameter.name) : parameter.name,
                            editor, parameter.description, wide);
        m_column->addWidget(form);
        const Field field {parameter, form, editor};
        m_fields << field;
        setValue(field, parameter.defaultValue);
        connect(this, &ParameterForm::edited, form, [form, field] {
            if (!form->error().isEmpty()) // live while wrong
                form->setError(DocumentForm::check(field.parameter, valueOf(field)).value_or(QString()));
        });
    }
}

QStringList ParameterForm::valueOf(const Field &field)
{
    if (const auto *box = qobject_cast<const QComboBox *>(field.editor))
        return {box->currentText()};
    if (const auto *text = qobject_cast<const QPlainTextEdit *>(field.editor)) {
        if (field.parameter.type != Type::List)
            return {text->toPlainText()};
        QStringList lines = text->toPlainText().split(u'\n');
        while (!lines.isEmpty() && lines.last().isEmpty())
            lines.removeLast();
        return lines;
    }
    const QString value = qobject_cast<const QLineEdit *>(field.editor)->text();
    return value.isEmpty() ? QStringList() : QStringList {value};
}

void ParameterForm::setValue(const Field &field, const QStringList &value)
{
    if (auto *box = qobject_cast<QComboBox *>(field.editor))
        box->setCurrentText(value.value(0));
    else if (auto *text = qobject_cast<QPlainTextEdit *>(field.editor))
        text->setPlainText(value.join(u'\n'));
    else
        qobject_cast<QLineEdit *>(field.editor)->setText(value.value(0));
}

void ParameterForm::setValues(const RunParameters &values)
{
    for (const Field &field : std::as_const(m_fields)) {
        if (values.contains(field.parameter.name))
            setValue(field, values.value(field.parameter.name));
    }
}

RunParameters ParameterForm::values() const
{
    RunParameters values;
    for (const Field &field : m_fields) {
        const QStringList value = valueOf(field);
        const bool empty
            = std::all_of(value.begin(), value.end(), [](const QString &item) { return item.isEmpty(); });
        if (!(field.parameter.hasDefault && (value == field.parameter.defaultValue || empty)))
            values.insert(field.parameter.name, value);
    }
    return values;
}

QWidget *ParameterForm::validate()
{
    QWidget *first = nullptr;
    for (const Field &field : std::as_const(m_fields)) {
        const std::optional<QString> wrong = DocumentForm::check(field.parameter, valueOf(field));
        field.form->setError(wrong.value_or(QString()));
        if (wrong && !first)
            first = field.editor;
    }
    return first;
}

bool ParameterForm::showError(const QString &path, const QString &message)
{
    for (const Field &field : std::as_const(m_fields)) {
        const QString own = QStringLiteral("Parameters.") + field.parameter.name;
        if (path == own || path.startsWith(own + u'[') || path.startsWith(own + u'.')) {
            field.form->setError(message);
            field.editor->setFocus();
            return true;
        }
    }
    return false;
}

}
