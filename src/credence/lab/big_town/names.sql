-- What people are called. Of ten thousand many have a namesake, as in every town.

CREATE OR REPLACE MACRO families() AS [
    ['Wang', '王'], ['Li', '李'], ['Zhang', '张'], ['Liu', '刘'], ['Chen', '陈'], ['Yang', '杨'],
    ['Huang', '黄'], ['Zhao', '赵'], ['Wu', '吴'], ['Zhou', '周'], ['Xu', '徐'], ['Sun', '孙'],
    ['Ma', '马'], ['Zhu', '朱'], ['Hu', '胡'], ['Guo', '郭'], ['He', '何'], ['Lin', '林'],
    ['Gao', '高'], ['Luo', '罗'], ['Song', '宋'], ['Tang', '唐'], ['Han', '韩'], ['Feng', '冯']];
CREATE OR REPLACE MACRO givens() AS [
    ['Wei', '伟'], ['Fang', '芳'], ['Na', '娜'], ['Min', '敏'], ['Jing', '静'], ['Li', '丽'],
    ['Qiang', '强'], ['Lei', '磊'], ['Jun', '军'], ['Yang', '洋'], ['Yong', '勇'], ['Yan', '艳'],
    ['Jie', '杰'], ['Juan', '娟'], ['Tao', '涛'], ['Ming', '明'], ['Chao', '超'], ['Xia', '霞'],
    ['Ping', '平'], ['Gang', '刚'], ['Ting', '婷'], ['Hui', '慧'], ['Xue', '雪'], ['Bo', '波'],
    ['Ning', '宁'], ['Rui', '瑞'], ['Kai', '凯'], ['Yue', '悦'], ['Xin', '欣'], ['Mei', '梅'],
    ['Jiahui', '佳慧'], ['Zihan', '子涵'], ['Yichen', '奕辰'], ['Haoran', '浩然'], ['Siyu', '思雨'],
    ['Junjie', '俊杰'], ['Xiaoming', '晓明'], ['Lihua', '丽华'], ['Guoqiang', '国强'], ['Meiling', '美玲']];
CREATE OR REPLACE MACRO family_names() AS [
    'Abara', 'Almeida', 'Baker', 'Bauer', 'Berg', 'Costa', 'Diaz', 'Dvorak', 'Evans', 'Farah', 'Fischer',
    'Garcia', 'Haddad', 'Hansen', 'Ito', 'Jansen', 'Kaya', 'Khan', 'Kovacs', 'Larsen', 'Lopez', 'Marin',
    'Mensah', 'Moreau', 'Murphy', 'Nowak', 'Okafor', 'Olsen', 'Park', 'Patel', 'Popescu', 'Reyes', 'Rossi',
    'Santos', 'Silva', 'Smith', 'Tanaka', 'Toth', 'Walker', 'Young'];
CREATE OR REPLACE MACRO given_names() AS [
    'Ada', 'Adam', 'Aisha', 'Alex', 'Anna', 'Ben', 'Bruno', 'Carla', 'Clara', 'Daniel', 'David', 'Elena',
    'Emma', 'Eva', 'Felix', 'Grace', 'Hana', 'Hugo', 'Ida', 'Ivan', 'Jonas', 'Julia', 'Karim', 'Kofi', 'Lara',
    'Leo', 'Lucia', 'Maria', 'Mark', 'Maya', 'Nadia', 'Nina', 'Omar', 'Oscar', 'Paula', 'Petra', 'Ravi',
    'Sami', 'Sara', 'Sofia', 'Stella', 'Thomas', 'Vera', 'Victor', 'Yusuf'];

CREATE OR REPLACE TEMP TABLE inhabitants AS
SELECT
    p, quarter, temperament,
    person_of(p) AS person_id,
    if(roll(p, 0, 'language') < 550000, 'zh', 'en') AS language,
    if(language = 'zh', chosen(families(), roll(p, 0, 'family')),
        [chosen(family_names(), roll(p, 0, 'family'))]) AS family,
    if(language = 'zh', chosen(givens(), roll(p, 0, 'given')),
        [chosen(given_names(), roll(p, 0, 'given'))]) AS given,
    if(language = 'zh', family[2] || given[2], given[1] || ' ' || family[1]) AS name,
    format('{}.{}.{}@example.org', lower(given[1]), lower(family[1]), p + 1) AS email
FROM lives;
