#include "ui/shared/documents/dry_run_panel.h"

#include "models/table/visible_text.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/lines_field.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

DryRunPanel::DryRunPanel(DocumentsViewModel &documents, QWidget *parent)
    : QWidget(parent),
      m_documents(documents),
      m_platform(new QComboBox),
      m_form(new QWidget),
      m_rows(new QVBoxLayout(m_form)),
      m_note(new TextLabel(TextRole::Small, Token::Text2)),
      m_steps(new TextViewer(u"dryRunSteps"_s, tr("Steps as they would run")))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"dryRun"_s);
    m_platform->setObjectName(u"dryRunPlatform"_s);
    m_platform->addItems({u"Linux"_s, u"MacOS"_s, u"Windows"_s});
    m_rows->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    m_rows->setSpacing(m.step(2));
    m_rows->addWidget(new FormField(tr("Platform"), m_platform));
    m_note->setObjectName(u"dryRunNote"_s);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(2));
    auto *form = new ScrollBox(tr("Values for the dry run"));
    form->setContent(m_form);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(form, 2);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_note);
    column->addWidget(m_steps, 3);
    connect(m_platform, &QComboBox::currentTextChanged, this, &DryRunPanel::run);
}

void DryRunPanel::setEdit(const DocumentEdit &edit)
{
    m_edit = edit;
    run();
}

QString DryRunPanel::text() const { return m_steps->text(); }

void DryRunPanel::run()
{
    const auto show = [this](const QString &note, const QString &text) {
        m_note->setText(note);
        m_note->setVisible(!note.isEmpty());
        m_steps->setText(visibleLines(text), text);
    };
    if (m_edit.type != u"Command")
        return show(tr("Only Command documents have steps."), {});
    const DryRun run = m_documents.source().dryRun(m_edit, values(), m_platform->currentText());
    if (run.isBroken)
        return show(tr("The document has problems. The steps are shown when these are fixed."), {});
    showParameters(run.parameters);
    if (!run.problem.isEmpty())
        return show(visibleText(run.problem), {});
    show({}, run.text());
}

// A field stays as it is while its parameter does, with what is typed.
void DryRunPanel::showParameters(const QList<DryRunParameter> &parameters)
{
    if (parameters == m_parameters)
        return;
    QMap<QString, QStringList> typed = values();
    m_parameters = parameters;
    m_fields.clear();
    while (m_rows->count() > 1) {
        QLayoutItem *item = m_rows->takeAt(1);
        item->widget()->deleteLater();
        delete item;
    }
    for (const DryRunParameter &parameter : parameters) {
        QWidget *field = makeField(parameter);
        const QStringList before = typed.value(parameter.name);
        if (auto *line = qobject_cast<QLineEdit *>(field))
            line->setText(before.value(0));
        else if (auto *lines = qobject_cast<QPlainTextEdit *>(field))
            lines->setPlainText(before.join(u'\n'));
        else if (auto *choice = qobject_cast<QComboBox *>(field); choice && !before.isEmpty())
            choice->setCurrentText(before.value(0));
        m_fields.insert(parameter.name, field);
        m_rows->addWidget(new FormField(visibleText(parameter.name), field,
                                        parameter.isList ? tr("One item per line") : QString(), true));
    }
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it) {
        if (auto *line = qobject_cast<QLineEdit *>(*it))
            connect(line, &QLineEdit::textChanged, this, &DryRunPanel::run);
        else if (auto *lines = qobject_cast<QPlainTextEdit *>(*it))
            connect(lines, &QPlainTextEdit::textChanged, this, &DryRunPanel::run);
        else if (auto *choice = qobject_cast<QComboBox *>(*it))
            connect(choice, &QComboBox::currentTextChanged, this, &DryRunPanel::run);
    }
}

QWidget *DryRunPanel::makeField(const DryRunParameter &parameter)
{
    const QString shownDefault = visibleText(parameter.defaultText);
    QWidget *made = nullptr;
    if (!parameter.allowed.isEmpty() && !parameter.isList) {
        auto *choice = new QComboBox;
        choice->addItems(parameter.allowed);
        choice->setCurrentText(parameter.defaultText);
        made = choice;
    } else if (parameter.isList) {
        auto *lines = new LinesField;
        lines->setPlaceholderText(shownDefault);
        lines->setFixedHeight(themeOf(this).metrics().row() * 2);
        made = lines;
    } else {
        auto *line = new QLineEdit;
        line->setPlaceholderText(shownDefault);
        made = line;
    }
    made->setObjectName(u"dryRun-"_s + parameter.name);
    return made;
}

QMap<QString, QStringList> DryRunPanel::values() const
{
    QMap<QString, QStringList> values;
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it) {
        QStringList given;
        if (const auto *line = qobject_cast<QLineEdit *>(*it); line && !line->text().isEmpty())
            given = {line->text()};
        else if (const auto *lines = qobject_cast<QPlainTextEdit *>(*it))
            given = lines->toPlainText().split(u'\n', Qt::SkipEmptyParts);
        else if (const auto *choice = qobject_cast<QComboBox *>(*it))
            given = {choice->currentText()};
        if (!given.isEmpty())
            values.insert(it.key(), given);
    }
    return values;
}

}
