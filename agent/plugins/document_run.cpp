#include "agent/plugins/document_run.h"

#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>

namespace fb::agent {

namespace {

    constexpr std::string_view kRunName = "run.json";
    constexpr size_t kMaxRunBytes = 4 * kMaxWireDocument; // quoted once more
    constexpr size_t kMaxVerdictBytes = 64 * 1024;
    constexpr int kUnreadableDepth = 1000; // beyond every bound

    int numberIn(std::string_view text, int otherwise)
    {
        int number = otherwise;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number;
    }

}

Result<void> writeDocumentRun(const PrivateFolder &folder, const DocumentRun &run)
{
    Tree tree = Tree::map();
    tree.set("document", Tree::string(run.document.document));
    tree.set("parameters", Tree::string(run.document.parameters));
    tree.set("depth", Tree::number(static_cast<int64_t>(run.depth)));
    tree.set("place", Tree::string(run.place));
    folder.remove(kVerdictName); // of an attempt before
    return folder.write(kRunName, toCompactJson(tree), Durability::WhenWritten);
}

Result<DocumentRun> readDocumentRun(const PrivateFolder &folder)
{
    const auto text = folder.read(kRunName, kMaxRunBytes);
    if (!text)
        return text.error();
    const auto tree = parseJson(*text, {.bytes = kMaxRunBytes});
    if (!tree)
        return makeError(errors::kInternal, "run.json cannot be read");
    const auto field = [&](const char *name) {
        const Tree *value = tree->find(name);
        return value ? value->text() : std::string();
    };
    return DocumentRun {
        {field("document"), field("parameters")}, numberIn(field("depth"), kUnreadableDepth), field("place")};
}

Result<void> writeVerdict(const PrivateFolder &folder, const DocumentVerdict &verdict)
{
    return folder.write(kVerdictName,
                        fmt::format("{} {}\n{}", stepStatusName(verdict.result.status), verdict.result.code,
                                    std::string_view(verdict.note).substr(0, kMaxVerdictBytes / 2)),
                        Durability::WhenWritten);
}

DocumentVerdict readVerdict(const std::string &path)
{
    std::ifstream file(path);
    std::string status;
    DocumentVerdict verdict;
    const bool isWhole = static_cast<bool>(file >> status >> verdict.result.code);
    const auto known = stepStatusNamed(status);
    if (!isWhole || !known || !isFinal(*known))
        return {{StepStatus::Failed, 1}, "the document's run was interrupted"};
    verdict.result.status = *known;
    file.get(); // the line's end
    verdict.note.assign(std::istreambuf_iterator<char>(file), {});
    return verdict;
}

}
