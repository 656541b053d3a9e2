#pragma once
// An ordered value tree: what JSON and YAML texts are read into and written from. Keys keep the order of the text, scalars keep
// how they were written ("True", 0x1F), and every node knows its line and column. A plain value; any thread.

#include "backend/language/mark.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb {

struct TreeMember;

class Tree
{
public:
    enum class Kind { Null, Bool, Number, String, List, Map };

    // Defined where TreeMember is whole.
    Tree(); // null
    ~Tree();
    Tree(const Tree &other);
    Tree(Tree &&other) noexcept;
    Tree &operator=(const Tree &other);
    Tree &operator=(Tree &&other) noexcept;

    static Tree boolean(bool value);
    static Tree boolean(bool value, std::string asWritten);
    static Tree number(std::string asWritten); // a number of JSON or of YAML's core schema
    static Tree number(int64_t value);
    static Tree string(std::string text);
    static Tree list(std::vector<Tree> items = {});
    static Tree map();
    static Tree map(std::vector<TreeMember> members);

    Kind kind() const { return m_kind; }
    bool isNull() const { return m_kind == Kind::Null; }
    bool isBool() const { return m_kind == Kind::Bool; }
    bool isNumber() const { return m_kind == Kind::Number; }
    bool isString() const { return m_kind == Kind::String; }
    bool isList() const { return m_kind == Kind::List; }
    bool isMap() const { return m_kind == Kind::Map; }
    bool isScalar() const { return isBool() || isNumber() || isString(); }
    std::string_view kindName() const; // "a list", for messages

    bool boolean() const { return m_bool; } // false for other kinds
    const std::string &text() const { return m_text; } // scalars as written; empty for other kinds
    std::string numberText() const; // a number as JSON writes it: 0x1F is 31, .5 is 0.5

    const std::vector<Tree> &items() const { return m_items; }
    std::vector<Tree> &items() { return m_items; }
    const std::vector<TreeMember> &members() const { return m_members; }
    std::vector<TreeMember> &members() { return m_members; }
    const Tree *find(std::string_view key) const; // null if absent or not a map
    void set(std::string key, Tree value); // replaces, or appends
    bool remove(std::string_view key);

    Mark mark() const { return m_mark; }
    void setMark(Mark mark) { m_mark = mark; }

    // Same structure and values, in the same order; marks and ways of writing don't count.
    friend bool operator==(const Tree &a, const Tree &b);

private:
    Kind m_kind = Kind::Null;
    bool m_bool = false;
    Mark m_mark {};
    std::string m_text;
    std::vector<Tree> m_items;
    std::vector<TreeMember> m_members;
};

struct TreeMember {
    std::string key;
    Tree value;
    Mark keyMark {};
};

}
