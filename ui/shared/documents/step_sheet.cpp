#include "ui/shared/documents/step_sheet.h"

#include "ui/theme/theme.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/lines_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

StepSheet::StepSheet(const QList<StepPlugin> &plugins, QWidget *window)
    : Sheet(tr("Add a step"), window),
      m_plugins(plugins),
      m_action(new QComboBox),
      m_name(new QLineEdit),
      m_nameField(new FormField(tr("Name"), m_name, tr("1 to 128 letters, digits, _ and -"), true)),
      m_onFailure(new QComboBox),
      m_inputs(new QWidget),
      m_rows(new QVBoxLayout(m_inputs))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"stepSheet"_s);
    m_action->setObjectName(u"stepAction"_s);
    for (const StepPlugin &plugin : m_plugins)
        m_action->addItem(u"%1   %2"_s.arg(plugin.name, plugin.platforms.join(u", "_s)), plugin.name);
    m_action->setCurrentIndex(std::max(0, m_action->findData(u"aws:runShellScript"_s)));
    m_name->setObjectName(u"stepName"_s);
    m_onFailure->setObjectName(u"stepOnFailure"_s);
    m_onFailure->addItem(tr("continue with the next step"), QString());
    m_onFailure->addItem(tr("end the document: it is Failed"), u"exit"_s);
    m_onFailure->addItem(tr("end the document: it is Success"), u"successAndExit"_s);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(m.fieldGap());
    body()->addWidget(new FormField(tr("Plugin"), m_action, {}, true));
    body()->addWidget(m_nameField);
    body()->addWidget(m_inputs);
    body()->addWidget(new FormField(tr("When it fails"), m_onFailure, {}, true));
    auto *cancel = makeButton(u"stepCancel"_s, tr("Cancel"));
    auto *add = makeButton(u"stepAdd"_s, tr("Add the step"), Icon::Add, ButtonKind::Primary);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(add);
    connect(m_action, &QComboBox::currentIndexChanged, this, &StepSheet::showInputs);
    connect(m_name, &QLineEdit::textChanged, this, [this] { m_nameField->setError({}); });
    connect(m_name, &QLineEdit::returnPressed, this, &StepSheet::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(add, &QPushButton::clicked, this, &StepSheet::submit);
    showInputs();
}

void StepSheet::showInputs()
{
    m_fields.clear();
    m_forms.clear();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    const int chosen = m_action->currentIndex();
    if (chosen < 0 || chosen >= m_plugins.size())
        return;
    for (const StepInput &input : m_plugins[chosen].inputs) {
        QWidget *field = makeField(input);
        QString help;
        if (input.kind == StepInput::Kind::Lines)
            help = tr("One item per line");
        else if (input.kind == StepInput::Kind::Map)
            help = tr("As YAML or JSON: key: value");
        auto *form = new FormField(input.isRequired ? input.name : tr("%1 (optional)").arg(input.name), field,
                                   help, true);
        m_fields.insert(input.name, field);
        m_forms.insert(input.name, form);
        m_rows->addWidget(form);
    }
}

QWidget *StepSheet::makeField(const StepInput &input)
{
    QWidget *made = nullptr;
    if (!input.values.isEmpty() || input.kind == StepInput::Kind::Flag) {
        auto *choice = new QComboBox;
        choice->setEditable(true); // a parameter may stand there
        if (!input.isRequired)
            choice->addItem(QString());
        choice->addItems(input.values.isEmpty() ? QStringList {u"true"_s, u"false"_s} : input.values);
        made = choice;
    } else if (input.kind == StepInput::Kind::Lines || input.kind == StepInput::Kind::Map) {
        auto *lines = new LinesField;
        lines->setFixedHeight(themeOf(this).metrics().row() * 3);
        made = lines;
    } else {
        made = new QLineEdit;
    }
    made->setObjectName(u"step-"_s + input.name);
    return made;
}

QString StepSheet::typedIn(const QString &input) const
{
    const QWidget *field = m_fields.value(input);
    if (const auto *choice = qobject_cast<const QComboBox *>(field))
        return choice->currentText();
    if (const auto *lines = qobject_cast<const QPlainTextEdit *>(field))
        return lines->toPlainText();
    const auto *line = qobject_cast<const QLineEdit *>(field);
    return line ? line->text() : QString();
}

void StepSheet::submit()
{
    static const QRegularExpression names(u"\\A[a-zA-Z0-9_\\-]{1,128}\\z"_s);
    NewStep step;
    step.action = m_action->currentData().toString();
    step.name = m_name->text();
    step.onFailure = m_onFailure->currentData().toString();
    if (!names.match(step.name).hasMatch()) {
        m_nameField->setError(tr("Enter a name of 1 to 128 letters, digits, _ and -"));
        return m_name->setFocus();
    }
    for (const StepInput &input : m_plugins.value(m_action->currentIndex()).inputs) {
        const QString typed = typedIn(input.name);
        const bool isMissing = input.isRequired && typed.trimmed().isEmpty();
        m_forms.value(input.name)->setError(isMissing ? tr("%1 is required.").arg(input.name) : QString());
        if (isMissing)
            return m_fields.value(input.name)->setFocus();
        if (!typed.trimmed().isEmpty())
            step.inputs.append({input.name, typed});
    }
    emit made(step);
    close();
}

}
