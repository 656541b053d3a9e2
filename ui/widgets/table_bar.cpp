#include "ui/widgets/table_bar.h"

#include "models/settings/console_settings.h"
#include "models/table/visible_text.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/sheet.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kUndoFor = std::chrono::seconds(10); // ux.md 8

    QString inMenu(const QString &name, qsizetype most = 24)
    {
        return visibleText(name, most).replace(u'&', u"&&"_s);
    }
}

TableBar::TableBar(const QString &name, LiveTableModel &model, DataTable &table, QWidget *parent)
    : QWidget(parent),
      m_name(name),
      m_model(model),
      m_table(table),
      m_filter(new FilterLine(name + u"Filter"_s)),
      m_views(makeButton(name + u"Views"_s, tr("Views"))),
      m_tools(new QWidget),
      m_hidden(new QWidget),
      m_hiddenText(new TextLabel(TextRole::Body, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    m_filter->setTable(&model);
    auto *viewsMenu = new QMenu(m_views);
    m_views->setMenu(viewsMenu);
    m_views->setToolTip(tr("Saved views: filter, columns and sort under a name"));
    connect(viewsMenu, &QMenu::aboutToShow, this, &TableBar::fillViewsMenu);
    auto *columns = makeIconButton(name + u"Columns"_s, Icon::Columns, tr("Choose columns"));
    columns->setProperty("fbOutlined", true);
    connect(columns, &QToolButton::clicked, this, [this, columns] {
        m_table.showColumnMenu(columns->mapToGlobal(QPoint(0, columns->height() + 2)));
    });
    auto *save = makeIconButton(name + u"Export"_s, Icon::Export, tr("Export all matching rows"));
    save->setProperty("fbOutlined", true);
    connect(save, &QToolButton::clicked, this, [this, save] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillExportMenu(menu);
        menu->popup(save->mapToGlobal(QPoint(0, save->height() + 2)));
    });
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(m.toolGap());
    auto *hidden = new QHBoxLayout(m_hidden);
    hidden->setContentsMargins(0, 0, 0, 0);
    hidden->setSpacing(m.toolGap());
    auto *drop = makeButton(name + u"DropHidden"_s, tr("Deselect the hidden ones"));
    connect(drop, &QPushButton::clicked, this, [this] {
        m_table.setFocus();
        m_table.deselectHidden();
    });
    hidden->addWidget(m_hiddenText);
    hidden->addWidget(drop);
    hidden->addStretch(1);
    m_hidden->hide();
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(m.step(2));
    auto *line = new QHBoxLayout;
    lines->addLayout(line);
    lines->addWidget(m_hidden);
    line->setSpacing(m.toolGap());
    line->addWidget(m_filter, 1);
    line->addWidget(m_views);
    line->addWidget(columns);
    line->addWidget(save);
    line->addWidget(m_tools);
    m_tools->hide();
    m_undoTime.setSingleShot(true);
    m_undoTime.setInterval(kUndoFor);
    m_table.installEventFilter(this);
    connect(&m_undoTime, &QTimer::timeout, this, [this] { m_gone.reset(); });
    connect(m_filter, &FilterLine::queryChanged, this, &TableBar::updateViews);
    connect(&m_table, &DataTable::columnsChanged, this, &TableBar::updateViews);
    connect(&m_table, &DataTable::selectedIdsChanged, this, &TableBar::updateHidden);
    connect(&m_model, &LiveTableModel::shownChanged, this, &TableBar::updateHidden);
}

// What is done to the chosen is done to these too, so it has to be seen.
void TableBar::updateHidden()
{
    const int hidden = m_table.hiddenSelectedCount();
    m_hidden->setVisible(hidden > 0);
    if (hidden > 0)
        m_hiddenText->setText(
            tr("%1 selected; the filter hides %2 of them.")
                .arg(locale().toString(m_table.selectedCount()), locale().toString(hidden)));
}

void TableBar::addTool(QWidget *button)
{
    m_tools->layout()->addWidget(button);
    m_tools->show();
}

void TableBar::setSettings(ConsoleSettings &settings)
{
    m_settings = &settings;
    const QList<SavedView> all = views();
    for (const SavedView &view : all) {
        if (view.isDefault && m_filter->query().isEmpty())
            apply(view);
    }
    updateViews();
}

QList<SavedView> TableBar::views() const
{
    return m_settings ? m_settings->views(key()) : QList<SavedView>();
}

void TableBar::setViews(const QList<SavedView> &views)
{
    if (m_settings)
        m_settings->setViews(key(), views);
    updateViews();
}

SavedView TableBar::asShown(const QString &name) const
{
    return {name, m_filter->query().toText(), m_table.saveColumns(), false};
}

void TableBar::apply(const SavedView &view)
{
    m_view = view.name;
    m_table.restoreColumns(view.columns);
    m_filter->setQuery(TableQuery::fromText(view.query));
    updateViews();
}

bool TableBar::isChanged() const
{
    const QList<SavedView> all = views();
    for (const SavedView &view : all) {
        if (view.name == m_view) {
            const SavedView now = asShown(m_view);
            return now.query != view.query || now.columns != view.columns;
        }
    }
    return false;
}

void TableBar::updateViews()
{
    const QString name = inMenu(m_view);
    m_views->setText(m_view.isEmpty() ? tr("Views")
                         //: %1: name of a saved view that is not as it was saved
                         : isChanged() ? tr("%1 (changed)").arg(name)
                                       : name);
}

void TableBar::fillViewsMenu()
{
    QMenu *menu = m_views->menu();
    menu->clear();
    const QList<SavedView> all = views();
    for (const SavedView &view : all) {
        QString text = inMenu(view.name, SavedView::kMostChars);
        if (view.isDefault)
            text = tr("%1 (default)").arg(text);
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(view.name == m_view);
        connect(action, &QAction::triggered, this, [this, view] {
            apply(view);
            emit viewChosen();
        });
    }
    if (all.isEmpty())
        menu->addAction(tr("No saved views yet"))->setEnabled(false);
    menu->addSeparator();
    QAction *none = menu->addAction(tr("No view"));
    none->setEnabled(!m_view.isEmpty());
    connect(none, &QAction::triggered, this, [this] {
        m_view.clear();
        m_filter->clear();
        updateViews();
    });
    connect(menu->addAction(Theme::icon(Icon::Add), tr("Save as a new view...")), &QAction::triggered, this,
            &TableBar::askName);
    if (m_gone) {
        QAction *undo = menu->addAction(tr("Undo: bring back %1").arg(inMenu(m_gone->name)));
        undo->setShortcut(QKeySequence::Undo);
        connect(undo, &QAction::triggered, this, &TableBar::bringBack);
    }
    if (m_view.isEmpty())
        return;
    const QString name = inMenu(m_view);
    QAction *update = menu->addAction(tr("Save the changes to %1").arg(name));
    update->setEnabled(isChanged());
    connect(update, &QAction::triggered, this, [this] { saveAs(m_view); });
    connect(menu->addAction(tr("Use %1 as the default view, or stop using it").arg(name)),
            &QAction::triggered, this, [this] {
                QList<SavedView> changed = views();
                for (SavedView &view : changed)
                    view.isDefault = view.name == m_view && !view.isDefault;
                setViews(changed);
            });
    connect(menu->addAction(Theme::icon(Icon::Delete), tr("Delete %1").arg(name)), &QAction::triggered, this,
            [this] {
                QList<SavedView> left = views();
                const auto gone = std::find_if(left.begin(), left.end(),
                                               [this](const SavedView &view) { return view.name == m_view; });
                m_view.clear();
                if (gone == left.end())
                    return updateViews();
                m_goneFrom = gone - left.begin();
                m_gone = *gone;
                left.erase(gone);
                m_undoTime.start();
                setViews(left);
            });
}

void TableBar::bringBack()
{
    m_undoTime.stop();
    if (!m_gone)
        return;
    SavedView view = *std::exchange(m_gone, std::nullopt);
    QList<SavedView> all = views(); // with what was saved and changed since
    view.isDefault = view.isDefault
        && std::none_of(all.begin(), all.end(), [](const SavedView &other) { return other.isDefault; });
    if (m_view.isEmpty())
        m_view = view.name;
    all.insert(std::min(m_goneFrom, all.size()), view);
    setViews(all);
}

bool TableBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_table && event->type() == QEvent::KeyPress && m_gone
        && static_cast<QKeyEvent *>(event)->matches(QKeySequence::Undo)) {
        bringBack();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void TableBar::askName()
{
    auto *sheet = new Sheet(tr("Save this view"), window());
    sheet->setObjectName(u"viewSheet"_s);
    auto *name = new QLineEdit;
    name->setObjectName(u"viewName"_s);
    name->setMaxLength(SavedView::kMostChars);
    auto *field = new FormField(tr("Name"), name, tr("It keeps the filter, the columns and the sort."), true);
    sheet->body()->addWidget(field);
    sheet->body()->addStretch(1);
    auto *cancel = makeButton(u"viewCancel"_s, tr("Cancel"));
    auto *save = makeButton(u"viewSave"_s, tr("Save view"), Icon::Check, ButtonKind::Primary);
    sheet->foot()->addStretch(1);
    sheet->foot()->addWidget(cancel);
    sheet->foot()->addWidget(save);
    const auto isTaken = [this](const QString &text) {
        const QList<SavedView> all = views();
        return std::any_of(all.begin(), all.end(), [&](const SavedView &view) { return view.name == text; });
    };
    const auto accept = [this, sheet, name, field, save, isTaken] {
        const QString text = name->text().trimmed();
        if (text.isEmpty())
            return field->setError(tr("Enter a name of 1 to %1 characters.").arg(SavedView::kMostChars));
        if (isTaken(text) && save->property("fbReplaces").toString() != text) { // the second press means it
            save->setProperty("fbReplaces", text);
            save->setText(tr("Replace the view"));
            return field->setError(tr("There is a view of this name. Replace it, or enter another name."));
        }
        if (!isTaken(text) && views().size() >= SavedView::kMostOfTable)
            return field->setError(tr("There are already %1 views. Delete one first.").arg(views().size()));
        saveAs(text);
        sheet->close();
    };
    connect(name, &QLineEdit::textEdited, field, [field, save] {
        field->setError({});
        save->setProperty("fbReplaces", {});
        save->setText(tr("Save view"));
    });
    connect(name, &QLineEdit::returnPressed, sheet, accept);
    connect(save, &QPushButton::clicked, sheet, accept);
    connect(cancel, &QPushButton::clicked, sheet, &Sheet::close);
    sheet->open();
}

void TableBar::saveAs(const QString &name)
{
    QList<SavedView> all = views();
    const auto same
        = std::find_if(all.begin(), all.end(), [&](const SavedView &view) { return view.name == name; });
    SavedView view = asShown(name);
    if (same != all.end()) {
        view.isDefault = same->isDefault;
        *same = view;
    } else {
        all.append(view);
    }
    if (m_gone && (m_gone->name == name || all.size() >= SavedView::kMostOfTable))
        m_gone.reset(); // its place is taken
    m_view = name;
    setViews(all);
}

void TableBar::fillExportMenu(QMenu *menu)
{
    const auto add = [this, menu](const QString &text, TextForm form, bool mark, const QString &suffix) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, form, mark, suffix] {
            auto *dialog = new QFileDialog(this, tr("Export"));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setAcceptMode(QFileDialog::AcceptSave);
            dialog->setDefaultSuffix(suffix);
            dialog->selectFile(u"%1.%2"_s.arg(m_name, suffix));
            connect(dialog, &QFileDialog::fileSelected, this, [this, form, mark](const QString &file) {
                exportTo({file, form, mark, {}});
            });
            dialog->open();
        });
    };
    add(tr("CSV..."), TextForm::Csv, false, u"csv"_s);
    add(tr("CSV for spreadsheets, with a byte order mark..."), TextForm::Csv, true, u"csv"_s);
    add(tr("JSON..."), TextForm::Json, false, u"json"_s);
}

void TableBar::exportTo(const TableExport::Wish &wish)
{
    TableExport::Wish whole = wish;
    whole.columns = m_table.shownColumns();
    auto *job = new TableExport(m_model, whole, m_older, this);
    emit exportStarted(job);
    job->start();
}

}
