#include "ui/nodes/runcommand/parameter_form.h"

#include "ui/nodes/runcommand/row_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/lines_field.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace fb {

using Type = DocumentParameter::Type;

ParameterForm::ParameterForm(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(themeOf(this).metrics().step(4));
    connect(qApp, &QApplication::focusChanged, this, &ParameterForm::fieldLeft);
}

QWidget *ParameterForm::makeEditor(const DocumentParameter &parameter)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QString objectName = QStringLiteral("parameter-") + parameter.name;
    if (parameter.type == Type::Boolean) {
        auto *check = new QCheckBox(tr("Yes"));
        connect(check, &QCheckBox::toggled, this, &ParameterForm::edited);
        return check;
    }
    if (parameter.type == Type::Map || (parameter.type == Type::List && !parameter.multiLine)) {
        const auto kind = parameter.type == Type::Map ? RowEditor::Kind::Pairs : RowEditor::Kind::Texts;
        auto *rows = new RowEditor(objectName, parameter.name, kind, parameter.allowedValues);
        connect(rows, &RowEditor::edited, this, &ParameterForm::edited);
        return rows;
    }
    if (!parameter.allowedValues.isEmpty()) {
        auto *box = new QComboBox;
        box->addItems(parameter.allowedValues);
        box->setPlaceholderText(tr("Choose one"));
        box->setCurrentIndex(-1);
        connect(box, &QComboBox::currentTextChanged, this, &ParameterForm::edited);
        return box;
    }
    if (parameter.multiLine || parameter.type == Type::MapList) {
        auto *text = new LinesField;
        text->setFont(theme.font(TextRole::Code));
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
    const QList<Field> gone = std::exchange(m_fields, {}); // one that has the focus is judged no more
    for (const Field &field : gone)
        delete field.form;
    for (const DocumentParameter &parameter : document.parameters) {
        QWidget *editor = makeEditor(parameter);
        editor->setObjectName(QStringLiteral("parameter-") + parameter.name);
        editor->setAccessibleName(parameter.name);
        const bool wide = qobject_cast<QPlainTextEdit *>(editor) || qobject_cast<RowEditor *>(editor);
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

// A field is judged when it is left, not before.
void ParameterForm::fieldLeft(const QWidget *left, const QWidget *now)
{
    if (!left || !now || !isAncestorOf(left))
        return; // the window itself was left
    for (const Field &field : std::as_const(m_fields)) {
        const auto in = [&](const QWidget *widget) {
            return widget == field.editor || field.editor->isAncestorOf(widget);
        };
        if (in(left) && !in(now))
            field.form->setError(DocumentForm::check(field.parameter, valueOf(field)).value_or(QString()));
    }
}

QStringList ParameterForm::valueOf(const Field &field)
{
    if (const auto *check = qobject_cast<const QCheckBox *>(field.editor))
        return {check->isChecked() ? QStringLiteral("true") : QStringLiteral("false")};
    if (const auto *rows = qobject_cast<const RowEditor *>(field.editor))
        return rows->values();
    if (const auto *box = qobject_cast<const QComboBox *>(field.editor))
        return box->currentText().isEmpty() ? QStringList() : QStringList {box->currentText()};
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
    if (auto *check = qobject_cast<QCheckBox *>(field.editor))
        check->setChecked(value.value(0) == u"true");
    else if (auto *rows = qobject_cast<RowEditor *>(field.editor))
        rows->setValues(value);
    else if (auto *box = qobject_cast<QComboBox *>(field.editor))
        box->setCurrentIndex(box->findText(value.value(0)));
    else if (auto *text = qobject_cast<QPlainTextEdit *>(field.editor))
        text->setPlainText(value.join(u'\n'));
    else
        qobject_cast<QLineEdit *>(field.editor)->setText(value.value(0));
}

void ParameterForm::setValues(const RunParameters &values)
{
    for (const Field &field : std::as_const(m_fields))
        setValue(field, values.value(field.parameter.name, field.parameter.defaultValue));
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
